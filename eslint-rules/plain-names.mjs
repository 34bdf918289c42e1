import { relative, sep } from 'node:path';
import { nameMatcher } from './match-words.mjs';
import { names } from './word-lists.mjs';

const find = nameMatcher(names);

/** Nodes whose `key` names a member of the object, class, interface or enum that contains them. */
const members = [
  'ObjectExpression > Property',
  'PropertyDefinition',
  'MethodDefinition',
  'AccessorProperty',
  'TSAbstractPropertyDefinition',
  'TSAbstractMethodDefinition',
  'TSPropertySignature',
  'TSMethodSignature',
  'TSEnumMember',
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
      name: '"{{name}}" contains "{{word}}": {{why}}. Say: {{say}}.',
      file: 'The path {{name}} contains "{{word}}": {{why}}. Say: {{say}}.',
    },
  },
  create({ sourceCode, filename, cwd, report }) {
    const check = (messageId, name, place) => {
      for (const { row, word } of find(name))
        report({ ...place, messageId, data: { name, word, why: row.why, say: row.say } });
    };
    const declared = (node) => node.type === 'Identifier' && check('name', node.name, { node });

    return {
      Program() {
        check('file', relative(cwd, filename).split(sep).join('/'), { loc: { line: 1, column: 0 } });
        for (const scope of sourceCode.scopeManager?.scopes ?? [])
          for (const variable of scope.variables) {
            const [definition] = variable.defs;
            if (definition && !isImportedName(definition.node)) declared(definition.name);
          }
      },
      [members](node) {
        const key = node.key ?? node.id;
        if (node.computed || node.shorthand) return;
        if (key.type === 'Literal' && typeof key.value === 'string') check('name', key.value, { node: key });
        else if (key.type === 'Identifier' || key.type === 'PrivateIdentifier') check('name', key.name, { node: key });
      },
    };
  },
};

/** `import { name }`: reported in the file that declares it. */
const isImportedName = (node) => node.type === 'ImportSpecifier' && node.imported.name === node.local.name;
