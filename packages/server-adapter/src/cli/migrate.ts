import { printMigrations } from '../db/migrate.ts';
import { type Command, readWords, storageFlags, storageOptions, withLaurel } from './command.ts';

export const migrate: Command = {
  usage: 'laurel migrate [--print] [--schema NAME]',
  summary: 'bring the schema up to date, or print the SQL for a DBA',
  run: async (words, { print }) => {
    const { values } = readWords(words, { ...storageFlags, print: { type: 'boolean' } });
    if (values.print) {
      print(printMigrations(values.schema ?? 'laurel'));
      return 0;
    }
    const done = await withLaurel(storageOptions(values), (laurel) => laurel.migrate());
    print(done.length === 0 ? 'Already up to date.' : done.map((step) => `Applied ${step}`).join('\n'));
    return 0;
  },
};
