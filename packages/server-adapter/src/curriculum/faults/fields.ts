import type { lessonKinds } from '@laurelkit/sdk/contract';
import type { CourseNode } from '../../db/course-tables.ts';
import { type Draft, eachNode, type Fault, faultAt } from './draft.ts';

type Field = keyof CourseNode;

const ofUnits: readonly Field[] = ['label', 'choose'];
const ofLessons: readonly Field[] = ['kind', 'markdown', 'video', 'url', 'startsAt', 'endsAt', 'minutes', 'done'];

interface KindFields {
  /** What lessons of these kinds alone have. */
  kinds: readonly (typeof lessonKinds)[number][];
  /** The kinds that need it. */
  needed: readonly (typeof lessonKinds)[number][];
}

const ofKinds: Partial<Record<Field, KindFields>> = {
  video: { kinds: ['video'], needed: ['video'] },
  url: { kinds: ['embed', 'external', 'download', 'live'], needed: ['embed', 'external', 'download'] },
  startsAt: { kinds: ['live'], needed: [] },
  endsAt: { kinds: ['live'], needed: [] },
};

/** Fields that do not belong to the type or kind of their node, are missing, or contradict each other. */
export const fieldFaults = ({ nodes }: Draft): Fault[] =>
  eachNode(nodes, (node, index) => [
    ...(node.type === 'unit'
      ? strangers(node, index, ofLessons, 'lessons')
      : [...strangers(node, index, ofUnits, 'units'), ...kindFaults(node, index)]),
    ...timeFaults(node, index),
  ]);

const strangers = (node: CourseNode, index: number, fields: readonly Field[], owners: string): Fault[] =>
  fields
    .filter((field) => node[field] !== null)
    .map((field) => faultAt(index, field, `must be left out: only ${owners} have it`));

function kindFaults(node: CourseNode, index: number): Fault[] {
  const kind = node.kind ?? 'page';
  return (Object.entries(ofKinds) as [Field, KindFields][]).flatMap(([field, { kinds, needed }]) => {
    if (node[field] === null) {
      return needed.includes(kind) ? [faultAt(index, field, `is required for a lesson of the kind ${kind}`)] : [];
    }
    return kinds.includes(kind)
      ? []
      : [faultAt(index, field, `must be left out: only lessons of the kind ${kinds.join(', ')} have it`)];
  });
}

function timeFaults({ startsAt, endsAt }: CourseNode, index: number): Fault[] {
  if (endsAt === null) return [];
  if (startsAt === null) return [faultAt(index, 'startsAt', 'is required where there is an end')];
  return Date.parse(startsAt) < Date.parse(endsAt) ? [] : [faultAt(index, 'endsAt', 'must be after startsAt')];
}
