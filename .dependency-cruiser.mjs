/**
 * Which folder may import which (DESIGN.md, Layout), and no cycles. Type-only imports count.
 *
 * Each row lists what its files may import besides themselves and the shared files. A file belongs to the first row it
 * matches; a folder of src without a row may import nothing.
 */

/** The public files of src/terraform: what a provider is written with, and what every part of it uses. */
const sdk =
  '^src/terraform/(provider|schema|value|diagnostic|failures|logger|resource-identity|list|action|function)[.]ts$';

const rows = [
  { name: 'model', files: '^src/model/', mayImport: [] },
  { name: 'settings', files: '^src/settings/', mayImport: ['^src/model/'] },
  { name: 'vicidial', files: '^src/vicidial/', mayImport: ['^src/(model|settings)/'] },
  { name: 'terraform-sdk', files: sdk, mayImport: [] },
  { name: 'terraform-wire', files: '^src/terraform/wire/', mayImport: [sdk] },
  { name: 'terraform-rpc', files: '^src/terraform/rpc/', mayImport: [sdk, '^src/terraform/wire/'] },
  { name: 'terraform-plugin', files: '^src/terraform/plugin/', mayImport: [sdk, '^src/terraform/(rpc|wire)/'] },
  { name: 'terraform', files: '^src/terraform/', mayImport: [] },
  { name: 'provider', files: '^src/provider/', mayImport: ['^src/(terraform|vicidial|settings|model)/'] },
  { name: 'constructs', files: '^src/constructs/', mayImport: ['^src/(model|settings)/'] },
  { name: 'environment', files: '^src/environment/', mayImport: ['^src/(model|settings|constructs|report)/'] },
  // Pure: rows of a system in, files out.
  { name: 'export', files: '^src/export/', mayImport: ['^src/(model|environment)/'] },
  { name: 'compare', files: '^src/compare/', mayImport: ['^src/(model|environment|export)/'] },
  // The emulator shares no code with what is tested against it, so no mistake can cancel itself out.
  { name: 'emulator', files: '^src/emulator/', mayImport: [] },
  // A run of the engine in a private folder, against emulators that hold what the systems hold.
  { name: 'rehearsal', files: '^src/rehearsal/', mayImport: ['^src/(model|settings|vicidial|emulator|report)/'] },
  { name: 'report', files: '^src/report/', mayImport: ['^src/model/'] },
  { name: 'drift', files: '^src/drift/', mayImport: ['^src/(model|environment|export|compare|report)/'] },
  // The command starts the provider through its entry point only.
  {
    name: 'cli',
    files: '^src/cli/',
    mayImport: [
      '^src/(model|settings|vicidial|terraform|constructs|environment|export|compare|emulator|rehearsal|report|drift)/',
      '^src/provider/main[.]ts$',
    ],
  },
  { name: 'src-file', files: '^src/[^/]+$', mayImport: ['^src/'] },
  { name: 'testing', files: '^testing/', mayImport: ['^src/'] },
  { name: 'app', files: '^(main[.]ts$|examples/)', mayImport: ['^src/'] },
  { name: 'scripts', files: '^scripts/', mayImport: ['^(src|testing)/'] },
];

const shared = ['^src/(address|once-per|read-file|yaml-file)[.]ts$', '^package[.]json$'];

const boundaries = rows.map(({ name, files, mayImport }, index) => ({
  name,
  severity: 'error',
  from: { path: files, pathNot: rows.slice(0, index).map((earlier) => earlier.files) },
  to: { dependencyTypes: ['local'], pathNot: [files, ...mayImport, ...shared] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...boundaries,
    {
      name: 'folder-without-a-row',
      severity: 'error',
      from: { path: '^src/', pathNot: rows.map(({ files }) => files) },
      to: {},
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'model-without-io',
      comment: 'The model is pure: of Node it uses only what formats a value.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { dependencyTypes: ['core'], pathNot: ['^(node:)?util$'] },
    },
    { name: 'no-unresolved-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|dist|lib)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
