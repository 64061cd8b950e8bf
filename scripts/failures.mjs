import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';

/** What went wrong in so many words: enough to know it by, whatever the log above has lost. */
const lines = 12;

/** @param {string} file @param {string} name @param {string} [message] */
function failure(file, name, message = 'no message') {
  const first = stripVTControlCharacters(message).trim().split('\n').slice(0, lines);
  return [`${relative(root, file)} › ${name}`, ...first.map((line) => `    ${line.slice(0, 300)}`)].join('\n');
}

/**
 * The failed tests in a report of vitest's `json` reporter, each as its file, its name and the first lines of why. A
 * file that does not load fails without a test in it.
 * @param {any} report @returns {string[]}
 */
export const failuresOfVitest = ({ testResults = [] }) =>
  testResults.flatMap((/** @type {any} */ { name, status, message, assertionResults }) => {
    if (status === 'failed' && assertionResults.length === 0) return [failure(name, 'does not load', message)];
    return assertionResults
      .filter((/** @type {any} */ test) => test.status === 'failed')
      .map((/** @type {any} */ test) => failure(name, test.fullName, test.failureMessages?.join('\n')));
  });

/**
 * The tests in a report of vitest's `json` reporter that passed in their second try, in the same form: each is a fault of the
 * test, or one that shows now and then.
 * @param {any} report @returns {string[]}
 */
export const secondTriesOfVitest = ({ testResults = [] }) =>
  testResults.flatMap((/** @type {any} */ { name, assertionResults }) =>
    assertionResults
      .filter((/** @type {any} */ { status, failureMessages }) => status === 'passed' && failureMessages?.length > 0)
      .map((/** @type {any} */ { fullName, failureMessages }) => failure(name, fullName, failureMessages.join('\n'))),
  );

/**
 * The failed tests in a report of Playwright's `json` reporter, in the same form; and what it could not even begin.
 * @param {any} report @returns {string[]}
 */
export const failuresOfPlaywright = (report) => [
  ...specsOf(report, ({ ok }) => !ok),
  ...(report.errors ?? []).map((/** @type {any} */ { message, location }) =>
    failure(location?.file ?? root, 'could not begin', message),
  ),
];

/**
 * The tests in a report of Playwright's `json` reporter that passed in their second try.
 * @param {any} report @returns {string[]}
 */
export const secondTriesOfPlaywright = (report) =>
  specsOf(report, ({ tests }) => tests.some((/** @type {any} */ { status }) => status === 'flaky'));

/** @param {any} report @param {(spec: any) => boolean} wanted @returns {string[]} */
function specsOf({ config = {}, suites = [] }, wanted) {
  /** @param {any} suite @returns {string[]} */
  const within = ({ specs = [], suites: inner = [] }) => [
    ...specs
      .filter(wanted)
      .map((/** @type {any} */ { file, line, title, tests }) =>
        failure(`${config.rootDir ?? root}/${file}`, `${title} (line ${line})`, why(tests)),
      ),
    ...inner.flatMap(within),
  ];
  return suites.flatMap(within);
}

/** @param {any[]} tests - one a project @returns {string | undefined} the first error of the last try that failed */
const why = (tests) =>
  tests
    .flatMap(({ results }) => results)
    .filter(({ error }) => error)
    .at(-1)?.error.message;
