import { type Draft, eachNode, type Fault, faultAt } from './draft.ts';

/** Ids of lessons that were given to units before, or the other way round: what was done of one would count for the other. */
export const formerFaults = ({ nodes, former }: Draft): Fault[] =>
  eachNode(nodes, ({ id, type }, index) => {
    const was = former?.get(id);
    if (was === undefined || was === type) return [];
    return [
      faultAt(index, 'id', `must be another id: "${id}" was a ${was} in a version before, and who did it has done it`),
    ];
  });
