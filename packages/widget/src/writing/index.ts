export { pane } from './pane.ts';
export { style } from './style.ts';
