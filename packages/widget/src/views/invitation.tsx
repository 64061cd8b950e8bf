import { mayBeTouched } from '@laurelkit/sdk/attribution';
import { signal } from '@preact/signals';
import { chunk } from '../chunks.ts';
import { kit } from '../kit.ts';
import type { Chunks } from '../load.ts';
import type { Host, Kind, Read } from './kind.ts';

/** A banner and what it is drawn by, once that is there. */
interface Stage {
  host: Host;
  changes: ReturnType<typeof signal<number>>;
  banner?: ReturnType<Chunks['invitation']['createBanner']> | undefined;
  stop(): void;
}

const came = (read: Read) => mayBeTouched(read('parameters')?.split(' '));

/** `<laurel-invitation>`: who invited the visitor; nothing, not even room for it, when nobody did. */
export const invitation: Kind<Stage> = {
  name: 'laurel-invitation',
  keys: ['program', 'parameters', 'model'],
  options: [],
  open(host) {
    const stage: Stage = { host, changes: signal(0), stop: () => stage.banner?.stop() };
    return stage;
  },
  view(stage, drawn) {
    stage.changes.value;
    if (!stage.banner && !came(stage.host.read)) return null;
    const part = chunk('invitation');
    stage.banner ??= part?.createBanner(kit, stage.host, () => {
      stage.changes.value = (stage.changes.peek() ?? 0) + 1;
    });
    return part && stage.banner?.view(drawn);
  },
  skeleton: () => <div class="card bones brief" part="card" aria-hidden="true" />,
};
