import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, givePlaces, openPlaces, placesOf } from './places.ts';

/** Somebody for each number: ranks as a board has them, the best first. */
const candidatesOf = (weights: readonly number[], shared: boolean): Candidate[] => {
  const sorted = weights.toSorted((one, other) => other - one);
  return sorted.map((weight, index) => ({
    ...{ entryId: `e${index}`, participantId: `p${index}`, weight },
    rank: shared ? sorted.indexOf(weight) + 1 : index + 1,
  }));
};

const prizesOf = fc.array(fc.record({ winners: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 5 });
const milestonesOf = fc.array(
  fc.record({ winners: fc.integer({ min: 1, max: 4 }), atPoints: fc.integer({ min: 1, max: 20 }) }),
  { minLength: 1, maxLength: 5 },
);
const weightsOf = fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 30 });

const countHeld = (selections: readonly { place: number }[]) =>
  new Map([...Map.groupBy(selections, ({ place }) => place)].map(([place, each]) => [place, each.length]));

describe('places', () => {
  it('are the first prize’s first', () => {
    expect(placesOf([{ winners: 1 }, { winners: 2, atPoints: 5 }])).toEqual([
      { place: 1, prize: 0, atPoints: 0 },
      { place: 2, prize: 1, atPoints: 5 },
      { place: 3, prize: 1, atPoints: 5 },
    ]);
  });

  it('go to candidates in their order, each once, as many as there are', () => {
    fc.assert(
      fc.property(prizesOf, weightsOf, (prizes, weights) => {
        const places = placesOf(prizes);
        const candidates = candidatesOf(weights, false);
        const selections = givePlaces(places, candidates);
        expect(selections.map(({ entryId, place, share }) => [entryId, place, share])).toEqual(
          candidates.slice(0, places.length).map(({ entryId }, index) => [entryId, index + 1, 1]),
        );
      }),
    );
  });

  it('are their rank where prizes are shared', () => {
    fc.assert(
      fc.property(prizesOf, weightsOf, (prizes, weights) => {
        const places = placesOf(prizes);
        const candidates = candidatesOf(weights, true);
        const expected = candidates.filter(({ rank }) => rank <= places.length);
        const selections = givePlaces(places, candidates);
        expect(selections.map(({ entryId, place }) => [entryId, place])).toEqual(
          expected.map(({ entryId, rank }) => [entryId, rank]),
        );
        expect(openPlaces(places, countHeld(selections))).toHaveLength(Math.max(0, places.length - candidates.length));
      }),
    );
  });

  it('of milestones are of the best prize that was reached and is left, and skip nobody', () => {
    fc.assert(
      fc.property(milestonesOf, weightsOf, (prizes, weights) => {
        const places = placesOf(prizes);
        const least = Math.min(...prizes.map(({ atPoints }) => atPoints));
        const candidates = candidatesOf(weights, false).filter(({ weight }) => weight >= least);
        const selections = givePlaces(places, candidates);
        expect(selections.map(({ entryId }) => entryId)).toEqual(
          candidates.slice(0, selections.length).map(({ entryId }) => entryId),
        );
        const left = new Map(prizes.map(({ winners }, prize) => [prize, winners]));
        for (const [index, { prize }] of selections.entries()) {
          const { weight } = candidates[index] as Candidate;
          const within = prizes.filter(({ atPoints }, each) => atPoints <= weight && (left.get(each) ?? 0) > 0);
          expect(prizes[prize]?.atPoints).toBe(Math.max(...within.map(({ atPoints }) => atPoints)));
          left.set(prize, (left.get(prize) ?? 0) - 1);
        }
        // Whoever got nothing has reached nothing that is left.
        const open = openPlaces(places, countHeld(selections));
        for (const { weight } of candidates.slice(selections.length)) {
          expect(open.filter(({ atPoints }) => atPoints <= weight)).toEqual([]);
        }
      }),
    );
  });

  it('that lose their winners go to the next in order, and move nobody', () => {
    fc.assert(
      fc.property(
        prizesOf,
        weightsOf,
        fc.boolean(),
        fc.array(fc.nat(30), { maxLength: 20 }),
        (prizes, weights, shared, losses) => {
          const places = placesOf(prizes);
          const candidates = candidatesOf(weights, shared);
          const everSelected = givePlaces(places, candidates);
          let active = [...everSelected];
          for (const loss of losses) {
            if (active.length === 0) break;
            const gone = active[loss % active.length];
            const kept = active.filter((each) => each !== gone);
            const rest = candidates.slice(everSelected.length);
            const substitutes = givePlaces(openPlaces(places, countHeld(kept)), rest);
            expect(substitutes.map(({ entryId }) => entryId)).toEqual(
              rest.slice(0, substitutes.length).map(({ entryId }) => entryId),
            );
            active = [...kept, ...substitutes];
            everSelected.push(...substitutes);
            const keys = active.map(({ place, share }) => `${place}/${share}`);
            expect(new Set(keys).size).toBe(keys.length);
          }
          expect(new Set(everSelected.map(({ entryId }) => entryId)).size).toBe(everSelected.length);
        },
      ),
    );
  });
});
