import { type Command, readWords, storageFlags, storageOptions, withLaurel } from './command.ts';

export const recount: Command = {
  usage: 'laurel recount [--rebuild]',
  summary: 'compare all standings with the ledger; --rebuild makes them anew from it',
  run: async (words, { print }) => {
    const { values } = readWords(words, { ...storageFlags, rebuild: { type: 'boolean' } });
    const found = await withLaurel(storageOptions(values), (laurel) =>
      laurel.recount({ rebuild: values.rebuild ?? false }),
    );
    for (const each of found) {
      const where = each.kind === 'seq' ? 'sequence' : `participant ${each.participant} since ${each.periodStart}`;
      print(`contest ${each.contest}  ${where}  kept ${each.kept ?? 'nothing'}  ledger ${each.counted ?? 'nothing'}`);
    }
    if (found.length === 0) print('No difference: every standing is what the ledger says.');
    else
      print(
        `${found.length} differences${values.rebuild ? ', standings rebuilt' : '. Mend them with: laurel recount --rebuild'}`,
      );
    return found.length === 0 || values.rebuild ? 0 : 1;
  },
};
