import { CourseNode as CourseNodeSchema } from '@laurelkit/sdk/contract';
import type { CourseNode } from '../../db/course-tables.ts';

/** What the folder says by itself: where a node stands, what it is, and its text. */
const saidElsewhere = ['id', 'parent', 'type', 'title', 'markdown'];

/** Fields that stand in the front matter, beside `id` and `title`. */
export const nodeFields = Object.keys(CourseNodeSchema.shape).filter(
  (name) => !saidElsewhere.includes(name),
) as (keyof CourseNode)[];

/** What each field is where nobody says so. */
export const usual: CourseNode = CourseNodeSchema.parse({ id: 'usual', type: 'lesson', title: 'Usual' });
