import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/**
 * One import of a file: what it names, and whether it is gone after compiling.
 * @typedef {{ specifier: string, typeOnly: boolean }} Import
 */

/** @param {ts.ImportDeclaration} node */
function importsOnlyTypes({ importClause }) {
  if (!importClause) return false;
  if (importClause.isTypeOnly) return true;
  const named = importClause.namedBindings;
  if (importClause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every(({ isTypeOnly }) => isTypeOnly);
}

/**
 * Every import, re-export, `import()` and `require()` of a text.
 * @param {string} text @param {string} [path] @returns {Import[]}
 */
export function importsOf(text, path = 'file.ts') {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  /** @type {Import[]} */
  const found = [];
  const add = (/** @type {ts.Node | undefined} */ node, /** @type {boolean} */ typeOnly) => {
    if (node && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, typeOnly });
  };
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsOnlyTypes(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node)) {
      const { expression, arguments: callArguments } = node;
      const loads = expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText() === 'require';
      if (loads) add(callArguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The imports of a file, relative ones as full paths. @param {string} path @returns {Import[]} */
export const importsOfFile = (path) =>
  importsOf(readFileSync(path, 'utf8'), path).map(({ specifier, typeOnly }) => ({
    specifier: specifier.startsWith('.') ? resolve(dirname(path), specifier) : specifier,
    typeOnly,
  }));
