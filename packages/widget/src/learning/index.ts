export { terms, way } from '../enrolling/panel.ts';
export { createEnrolling } from '../enrolling/store.ts';
export { lockWords } from './locks.ts';
export { outline } from './outline.ts';
export { zoneOf } from './read.ts';
export { ring } from './ring.ts';
export { speechOf } from './speech.ts';
export { createLearning } from './store.ts';
export { style } from './style.ts';
