export { receive } from '../kit-received.ts';
export * from './index.ts';
