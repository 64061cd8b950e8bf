import { type Draft, eachNode, type Fault, faultAt } from './draft.ts';

/**
 * What keeps a list of nodes from being a tree in the order of the page: ids that come twice, and parents that are not there,
 * are no unit, come later, or whose content stands apart.
 */
export function treeFaults({ nodes }: Draft): Fault[] {
  const places = new Map<string, number>();
  nodes.forEach(({ id }, index) => {
    if (!places.has(id)) places.set(id, index);
  });
  /** The units the page is in at a node. */
  let within: string[] = [];
  return eachNode(nodes, ({ id, parent, type }, index) => {
    const twice = places.get(id) === index ? [] : [faultAt(index, 'id', 'must be an id that no other node has')];
    const fault = parentFault(parent, index);
    if (!fault) within = parent === null ? [] : within.slice(0, within.indexOf(parent) + 1);
    if (type === 'unit') within.push(id);
    return fault ? [...twice, fault] : twice;
  });

  function parentFault(parent: string | null, index: number): Fault | null {
    if (parent === null) return null;
    const place = places.get(parent);
    if (place === undefined) return faultAt(index, 'parent', `must be a unit of the course: there is no "${parent}"`);
    if (place === index) return faultAt(index, 'parent', 'must be another node');
    if (nodes[place]?.type !== 'unit') return faultAt(index, 'parent', `must be a unit: "${parent}" is a lesson`);
    if (place > index) return faultAt(index, 'parent', `must stand before what is in it: move "${parent}" up`);
    if (within.includes(parent)) return null;
    return faultAt(index, 'parent', `must be a unit the page is still in: move this to the rest of "${parent}"`);
  }
}
