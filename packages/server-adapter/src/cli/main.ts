#!/usr/bin/env node
import { LaurelConfigurationError } from '../problem.ts';
import { type Command, UsageError } from './command.ts';
import { courses } from './courses.ts';
import { doctor } from './doctor.ts';
import { exportCommand } from './export.ts';
import { fraud } from './fraud.ts';
import { importCommand } from './import.ts';
import { keys } from './keys.ts';
import { migrate } from './migrate.ts';
import { recount } from './recount.ts';
import { serve } from './serve.ts';
import { verify } from './verify.ts';

const commands: Record<string, Command> = {
  serve,
  migrate,
  keys,
  doctor,
  recount,
  fraud,
  verify,
  import: importCommand,
  export: exportCommand,
  courses,
};

const help = () => `Laurel: referral programmes, contests and leaderboards on your own PostgreSQL.

${Object.values(commands)
  .map(({ usage, summary }) => `  ${usage}\n      ${summary}`)
  .join('\n')}

Database: --database URL or DATABASE_URL; without either, embedded storage in --data-dir, LAUREL_DATA_DIR or .laurel.
Schema: --schema NAME, laurel by default. Secret: LAUREL_SECRET.`;

// A terminal and npm each pass a signal on, so a second one is nothing new.
const stopped = new Promise<void>((resolve) => {
  process.on('SIGINT', resolve);
  process.on('SIGTERM', resolve);
});

const terminal = {
  print: (line: string) => console.log(line),
  complain: (line: string) => console.error(line),
  stopped,
};

const [name = 'help', ...words] = process.argv.slice(2);
const command = commands[name];
if (!command || words.includes('--help')) {
  terminal.print(command ? `${command.usage}\n    ${command.summary}` : help());
  process.exitCode = command || ['help', '--help', '-h'].includes(name) ? 0 : 2;
} else {
  try {
    process.exitCode = await command.run(words, terminal);
  } catch (error) {
    const known = error instanceof UsageError || error instanceof LaurelConfigurationError;
    terminal.complain(known || error instanceof Error ? (error as Error).message || String(error) : String(error));
    if (error instanceof UsageError) terminal.complain(`Usage: ${command.usage}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
