import { type Command, readWords, storageFlags, storageOptions, withLaurel } from './command.ts';

export const recount: Command = {
  usage: 'laurel recount [--rebuild]',
  summary: 'compare standings and rewards with their ledgers; --rebuild makes standings anew',
  run: async (words, { print }) => {
    const { values } = readWords(words, { ...storageFlags, rebuild: { type: 'boolean' } });
    const found = await withLaurel(storageOptions(values), (laurel) =>
      laurel.recount({ rebuild: values.rebuild ?? false }),
    );
    const standings = found.filter((each) => each.kind !== 'reward');
    for (const each of standings) {
      const where = each.kind === 'seq' ? 'sequence' : `participant ${each.participant} since ${each.periodStart}`;
      print(`contest ${each.contest}  ${where}  kept ${each.kept ?? 'nothing'}  ledger ${each.counted ?? 'nothing'}`);
    }
    for (const each of found) {
      if (each.kind !== 'reward') continue;
      print(`reward ${each.reward}  participant ${each.participant}  worth ${each.kept}  ledger ${each.counted}`);
    }
    if (found.length === 0) print('No difference: every standing and every reward is what its ledger says.');
    else if (standings.length > 0) {
      const mended = values.rebuild ? ', standings rebuilt' : '. Mend standings with: laurel recount --rebuild';
      print(`${found.length} differences${mended}`);
    } else print(`${found.length} rewards differ from the money ledger.`);
    return found.length === 0 || (values.rebuild && found.length === standings.length) ? 0 : 1;
  },
};
