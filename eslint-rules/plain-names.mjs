import { relative, sep } from 'node:path';
import { nameMatcher } from './match-words.mjs';
import { names } from './word-lists.mjs';

const find = nameMatcher(names);

/** Nodes whose `key` names a member of the object, class or interface that contains them. */
const members = [
  'ObjectExpression > Property',
  'PropertyDefinition',
  'MethodDefinition',
  'AccessorProperty',
  'TSAbstractPropertyDefinition',
  'TSAbstractMethodDefinition',
  'TSPropertySignature',
  'TSMethodSignature',
].join(', ');

/**
 * Refuses names that contain a word of the list: of variables, functions, types, members and files. A name is reported
 * where it is declared, so what a library declares is never reported.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export default {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      name: '"{{name}}" contains "{{word}}": {{why}}. Instead: {{instead}}.',
      file: 'The path {{name}} contains "{{word}}": {{why}}. Instead: {{instead}}.',
    },
  },
  create({ sourceCode, filename, cwd, report }) {
    const check = (messageId, name, place) => {
      for (const { row, word } of find(name))
        report({ ...place, messageId, data: { name, word, why: row.why, instead: row.instead } });
    };

    return {
      Program() {
        check('file', relative(cwd, filename).split(sep).join('/'), { loc: { line: 1, column: 0 } });
        for (const node of declarations(sourceCode.scopeManager)) check('name', node.name, { node });
      },
      [members](node) {
        const { key } = node;
        if (node.computed || node.shorthand) return;
        if (key.type === 'Literal' && typeof key.value === 'string') check('name', key.value, { node: key });
        else if (key.type === 'Identifier' || key.type === 'PrivateIdentifier') check('name', key.name, { node: key });
      },
    };
  },
};

/** `import { name }`: reported in the file that declares it. */
const isImportedName = (node) => node.type === 'ImportSpecifier' && node.imported.name === node.local.name;

/** The names of all variables, parameters, functions and types. A set: a class declares its name inside itself as well. */
function declarations({ scopes }) {
  const definitions = scopes.flatMap(({ variables }) => variables).flatMap(({ defs }) => defs.slice(0, 1));
  const own = definitions.filter(({ node }) => !isImportedName(node)).map(({ name }) => name);
  return new Set(own.filter(({ type }) => type === 'Identifier'));
}
