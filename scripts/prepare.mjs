// Builds the package where it has not been built: npm runs this where the package is installed from Git, of which a
// clone has neither dist/ nor lib/. A checkout that has been built is left as it is.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

if (!['dist', 'lib'].every((folder) => existsSync(join(root, folder))))
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
