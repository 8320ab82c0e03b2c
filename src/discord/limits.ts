/**
 * Discord's hard limits, as its API documentation and OpenAPI description state them, and ours, which
 * stay under them. Characters are UTF-16 code units.
 */
export const LIMITS = {
  /** Characters of all text displays of a message together. */
  messageText: 4000,
  /** Components of a message, those inside others counted. */
  components: 40,
  customId: 100,
  buttonLabel: 80,
  /** Buttons of a row. */
  rowButtons: 5,
  selectOptions: 25,
  selectText: 100,
  placeholder: 150,
  choices: 25,
  choiceText: 100,
  modalTitle: 45,
  inputText: 4000,
  /** Milliseconds until an interaction must be acknowledged. */
  acknowledge: 3000,
  /** Milliseconds for which an interaction's token holds. */
  token: 15 * 60 * 1000,
  /** Bytes of an attachment where a server has no boosts. */
  attachment: 10 * 1024 * 1024,
} as const;

/** What Pilcrow sets itself. */
export const OURS = {
  question: 300,
  /** Characters of words to look for. */
  words: 200,
  /** Paragraphs quoted in an answer. */
  shown: 3,
  /** Paragraphs found, of which those shown are chosen and the others wait behind More. */
  listed: 10,
  /** Characters of a short answer, and of the first words of what was found beside it. */
  excerpt: 600,
  firstWords: 90,
  /** Paragraphs that one press of Nearest paragraphs shows. */
  moreAtOnce: 4,
  /** Paragraphs on a page of found words. */
  hitsAPage: 4,
  cablesAList: 10,
  /** Searches at once, and waiting. */
  atOnce: 8,
  waiting: 100,
} as const;
