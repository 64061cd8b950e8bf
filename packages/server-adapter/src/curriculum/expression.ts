import type { Availability as AvailabilitySchema } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';

/** When a node opens. */
export type Availability = z.output<typeof AvailabilitySchema>;

/** The nodes that an expression waits for. */
export function nodesOf(expression: Availability): string[] {
  if (expression.kind === 'completed' || expression.kind === 'score') return [expression.node];
  if (expression.kind === 'all' || expression.kind === 'any') return (expression.of as Availability[]).flatMap(nodesOf);
  return expression.kind === 'not' ? nodesOf(expression.of as Availability) : [];
}
