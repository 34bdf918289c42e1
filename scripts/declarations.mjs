// Writes out the types in the compiled declarations that are inferred from a schema, so that who compiles a program needs
// no declarations of the library of schemas: these are large, and compile with some settings of TypeScript only.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

const isImportOfSchemas = /^import .* from 'zod';$/mu;

const format =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.InTypeAlias |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

/**
 * Changes the declarations that the entry points lead to.
 *
 * @param lib the folder of the compiled library
 * @param entries paths of declarations in it
 */
export function writeOutSchemas(lib, entries) {
  const program = ts.createProgram(
    entries.map((entry) => join(lib, entry)),
    { module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler, strict: true, types: [] },
  );
  const checker = program.getTypeChecker();
  const changed = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${lib}/`) && isImportOfSchemas.test(readFileSync(fileName, 'utf8')));
  for (const source of changed) writeFileSync(source.fileName, declarations(source, checker, lib));
}

/** The exported types of a file, and the types that they import. Schemas themselves no declaration needs. */
function declarations(source, checker, lib) {
  const statements = source.statements.flatMap((statement) => {
    const comment = source.text.slice(statement.getFullStart(), statement.getStart()).trim();
    if (ts.isImportDeclaration(statement)) return importOfTypes(statement, checker);
    if (ts.isInterfaceDeclaration(statement)) return [`${comment}\n${statement.getText()}`];
    if (!ts.isTypeAliasDeclaration(statement)) return [];
    const type = checker.typeToString(checker.getTypeFromTypeNode(statement.type), statement, format);
    return [`${comment}\nexport type ${statement.name.text} = ${relativeImports(type, source.fileName, lib)};`];
  });
  return `${statements.join('\n')}\nexport {};\n`;
}

function importOfTypes({ importClause, moduleSpecifier }, checker) {
  const elements = importClause?.namedBindings?.elements ?? [];
  const types = elements.filter(({ name }) => {
    const symbol = checker.getSymbolAtLocation(name);
    return symbol && checker.getAliasedSymbol(symbol).flags & ts.SymbolFlags.Type;
  });
  if (types.length === 0 || !moduleSpecifier.text.startsWith('.')) return [];
  return [`import type { ${types.map(({ name }) => name.text).join(', ')} } from '${moduleSpecifier.text}';`];
}

/** TypeScript writes whole paths. */
function relativeImports(type, file, lib) {
  return type.replace(/import\("(?<path>[^"]+)"\)/gu, (whole, path) => {
    if (!path.startsWith(`${lib}/`))
      throw new Error(`A type of ${file} comes from ${path}, which the package has not.`);
    const relative = posix.relative(posix.dirname(file), path);
    return `import("${relative.startsWith('.') ? relative : `./${relative}`}")`;
  });
}
