import { LaurelConfigurationError } from '../problem.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
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

/** Runs what was typed after `laurel`; answers the exit code: 2 when it was typed wrongly, 1 when something is not right, more than 128 when it was stopped. */
export async function run([name = 'help', ...words]: string[], terminal: Terminal): Promise<number> {
  const command = commands[name];
  if (!command || words.includes('--help')) {
    terminal.print(command ? `${command.usage}\n    ${command.summary}` : help());
    return command || ['help', '--help', '-h'].includes(name) ? 0 : 2;
  }
  try {
    const done = command.run(words, terminal);
    return await (command.stopsItself ? done : Promise.race([done, terminal.stopped]));
  } catch (error) {
    const known = error instanceof UsageError || error instanceof LaurelConfigurationError;
    terminal.complain(known || error instanceof Error ? (error as Error).message || String(error) : String(error));
    if (error instanceof UsageError) terminal.complain(`Usage: ${command.usage}`);
    return error instanceof UsageError ? 2 : 1;
  }
}
