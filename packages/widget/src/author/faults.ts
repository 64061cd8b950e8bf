import type { CourseFault } from './node.ts';
import type { Nodes } from './tree.ts';

/** Something wrong in a draft, by the node and the field it is about. */
export interface ShownFault {
  /** `null`: the draft as a whole. */
  id: string | null;
  /** A pointer into the node, such as `#/opens`; `#` for the node as a whole. */
  field: string;
  detail: string;
}

/** Faults by JSON pointers into a draft, such as `/nodes/3/opens`, as those of the nodes that were sent. */
export function faultsIn(found: readonly CourseFault[], sent: Nodes): ShownFault[] {
  return found.map(({ pointer, detail }) => {
    const [, place, rest = ''] = /^#?\/nodes\/(\d+)(\/.*)?$/.exec(pointer) ?? [];
    const id = place === undefined ? null : (sent[Number(place)]?.id ?? null);
    return { id, field: `#${id === null ? '' : rest}`, detail };
  });
}
