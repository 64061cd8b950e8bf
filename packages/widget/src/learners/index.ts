import type { Kit } from '../kit.ts';
import type { Drawn, Host } from '../views/kind.ts';

export const open = (_kit: Kit, _host: Host) => ({ stop: () => {} });
export const view = ({ h }: Kit, _store: unknown, _drawn: Drawn) => h('p', null, 'not built yet');
