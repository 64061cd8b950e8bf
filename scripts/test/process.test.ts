import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { root } from '../paths.mjs';
import { run } from '../process.mjs';

/** Whether a process is there. */
function lives(pid: number) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('gives back the exit code and what was printed', async () => {
  const { code, output } = await run('node', ['--eval', 'console.log(1); console.error(2); process.exitCode = 3'], {
    capture: true,
  });
  expect(code).toBe(3);
  expect(output.split('\n').sort()).toEqual(['', '1', '2']);
});

test('dependencies come first on the PATH', async () => {
  const { output } = await run('node', ['--version'], { capture: true });
  expect(output).toMatch(/^v26\./);
});

test('a command that does not exist is a failure, not a crash', async () => {
  const { code, output } = await run('no-such-command', [], { capture: true });
  expect(code).toBe(127);
  expect(output).toContain('Cannot run no-such-command');
});

test('a command that takes too long is ended', async () => {
  const start = performance.now();
  await run('sleep', ['60'], { capture: true, timeout: 200 });
  expect(performance.now() - start).toBeLessThan(5_000);
});

const stays = 'setInterval(() => {}, 1000)';

test.each([
  ['what it runs', `console.log(process.pid); ${stays}`],
  ['what ignores being told', `process.on('SIGINT', () => {}); console.log(process.pid); ${stays}`],
  [
    'what left the group',
    `const { spawn } = require('node:child_process');
     console.log(spawn(process.execPath, ['--eval', '${stays}'], { detached: true, stdio: 'ignore' }).pid); ${stays}`,
  ],
])(
  'a parent that is killed outright leaves nothing running: %s',
  async (_, code) => {
    const script = `import { run } from ${JSON.stringify(join(root, 'scripts/process.mjs'))};
    await run('node', ['--eval', ${JSON.stringify(code)}]);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [text] = await once(parent.stdout, 'data');
    const child = Number(String(text));
    expect(lives(child)).toBe(true);

    parent.kill('SIGKILL');
    for (let wait = 0; lives(child) && wait < 100; wait += 1) await setTimeout(100);
    expect(lives(child)).toBe(false);
  },
  20_000,
);
