import type { contract, Parsed } from '@laurelkit/sdk/contract';
import { ContestSettings as ContestSettingsSchema } from '@laurelkit/sdk/contract';
import type { ContestSettings } from '../db/contest-tables.ts';
import { type Caller, isHost } from '../http/caller.ts';

type Given = Partial<Parsed<typeof contract.contests.update>>;

const names = Object.keys(ContestSettingsSchema.shape) as (keyof ContestSettings)[];

/** The settings after a change; what is not given stays. */
export const changedSettings = (settings: ContestSettings, given: Given): ContestSettings => ({
  ...settings,
  ...Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]))),
});

/** The settings as a caller may see them: what answers are right is the host's business. */
export const visibleSettings = (settings: ContestSettings, caller: Caller): ContestSettings =>
  isHost(caller) ? settings : { ...settings, actions: settings.actions.map(({ answers: _, ...action }) => action) };
