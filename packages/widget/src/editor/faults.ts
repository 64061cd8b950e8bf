import type { Faults } from '../forms/sheet.ts';
import { knowsZone } from '../forms/zoned-time.ts';
import type { Given } from './contract.ts';
import type { EditorKey } from './words.ts';

/** Where whole numbers are missing. */
function numberless(value: unknown, at = '#'): string[] {
  if (typeof value === 'number') return Number.isNaN(value) ? [at] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => numberless(each, `${at}/${name}`));
}

/** What can be seen to be wrong before anything is sent; the API says the rest. */
export function faultsOf(given: Partial<Given>, say: (key: EditorKey) => string): Faults {
  const faults: Record<string, string> = {};
  for (const field of ['name', 'slug'] as const) if (given[field]?.trim() === '') faults[`#/${field}`] = say('needed');
  if (!knowsZone(given.timeZone ?? 'UTC')) return { ...faults, '#/timeZone': say('noZone') };
  for (const field of ['startsAt', 'endsAt'] as const) if (given[field] === '') faults[`#/${field}`] = say('noTime');
  const { startsAt, endsAt } = given;
  if (startsAt && endsAt && startsAt >= endsAt) faults['#/endsAt'] = say('endFirst');
  given.prizes?.forEach(({ name }, place) => {
    if (!name.trim()) faults[`#/prizes/${place}/name`] = say('needed');
  });
  given.actions?.forEach(({ title }, place) => {
    if (!title.trim()) faults[`#/actions/${place}/title`] = say('needed');
  });
  for (const pointer of numberless(given)) faults[pointer] = say('noNumber');
  return faults;
}
