/** A place there is a prize for. */
export interface Place {
  readonly place: number;
  /** Index of its prize in the settings. */
  readonly prize: number;
  /** Points that a winner of it must have reached. */
  readonly atPoints: number;
}

/** An entry that has won nothing so far. */
export interface Candidate {
  readonly entryId: string;
  readonly participantId: string;
  /** Entries of one rank share a place. */
  readonly rank: number;
  /** Tickets or points. */
  readonly weight: number;
}

/** A place given to an entry. */
export interface Selection {
  readonly entryId: string;
  readonly participantId: string;
  readonly place: number;
  readonly prize: number;
  /** Tells apart those who share the place: 1, 2, … */
  readonly share: number;
}

/** The places of these prizes: the first prize’s come first. */
export function placesOf(prizes: readonly { winners: number; atPoints?: number | undefined }[]): Place[] {
  const all = prizes.flatMap(({ winners, atPoints = 0 }, prize) =>
    Array.from({ length: winners }, () => ({ prize, atPoints })),
  );
  return all.map((each, index) => ({ place: index + 1, ...each }));
}

/**
 * The places without a winner.
 * @param held - how many hold a place, by place. Those who share one take up as many as they are: of two that are first, nobody is
 *   second.
 */
export function openPlaces(places: readonly Place[], held: ReadonlyMap<number, number>): Place[] {
  let heldUntil = 0;
  return places.filter(({ place }) => {
    const count = held.get(place) ?? 0;
    heldUntil = Math.max(heldUntil, place + count - 1);
    return place > heldUntil;
  });
}

/**
 * Gives open places to candidates in their order: each takes the best open place whose points they have reached (the most points,
 * then the lowest place), all of one rank the same. Who holds a place already keeps it. The order must be such that nobody has
 * reached a prize that somebody before has not: then the first who finds none is the last to be asked, and whoever is selected is
 * always the next in order.
 * @param open - by `openPlaces`
 * @param candidates - the best first, whole ranks
 */
export function givePlaces(open: readonly Place[], candidates: readonly Candidate[]): Selection[] {
  const queues = [...Map.groupBy(open, ({ prize }) => prize).values()]
    .map((places) => ({ atPoints: places[0]?.atPoints ?? 0, places: places.toReversed() }))
    .sort((one, other) => other.atPoints - one.atPoints);
  const taken = new Set<number>();
  const selections: Selection[] = [];
  const takeBest = (weight: number) => {
    for (const { atPoints, places } of queues) {
      for (let next = places.at(-1); atPoints <= weight && next; next = places.at(-1)) {
        places.pop();
        if (!taken.has(next.place)) return next;
      }
    }
    return undefined;
  };
  for (const group of Map.groupBy(candidates, ({ rank }) => rank).values()) {
    const best = takeBest(group[0]?.weight ?? 0);
    if (!best) break;
    for (const [index, { entryId, participantId }] of group.entries()) {
      taken.add(best.place + index);
      selections.push({ entryId, participantId, place: best.place, prize: best.prize, share: index + 1 });
    }
  }
  return selections;
}
