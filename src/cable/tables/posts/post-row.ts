/** E embassy, C consulate, M mission to an organisation, O another office, D a department at home. */
export type PostKind = 'E' | 'C' | 'M' | 'O' | 'D';

/** A post of one of the Department's geographic bureaus. */
export type PostRow = readonly [name: string, kind: PostKind, city: string, country: string | null];
