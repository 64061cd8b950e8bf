import type { Curricula } from '../curriculum/kept-curricula.ts';
import type { Handlers } from '../handlers.ts';
import { createBoard } from './board.ts';
import { createFunnel } from './funnel.ts';
import { createHeatMap } from './heat-map.ts';
import { learners } from './learners.ts';

/** What insight needs of the house. */
export interface InsightServices {
  curricula: Curricula;
  /** Derived for the purpose `board-id`: makes the names of those who chose none. */
  key: Buffer;
}

/** How the learners of a course get on: who is where, where they stop, what they watch, and a board of a cohort. */
export const insight = ({ curricula, key }: InsightServices): Handlers<'insight'> => ({
  learners,
  funnel: createFunnel(curricula),
  heatMap: createHeatMap(curricula),
  board: createBoard(key),
});
