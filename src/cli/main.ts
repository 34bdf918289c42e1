/** The command `phonestate`. */
import { Command } from 'commander';
import { description } from '../../package.json';
import { affectedCommand } from './affected-command';
import { bunWarning } from './bun-variables';
import { cloneCommand } from './clone-command';
import { compareCommand } from './compare-command';
import { doctorCommand } from './doctor-command';
import { driftCommand } from './drift-command';
import { emulatorCommand } from './emulator-command';
import { exportCommand } from './export-command';
import { installCommand, versionWithBuild } from './install-command';
import { movesCommand } from './moves-command';
import { rehearseCommand } from './rehearse-command';
import { renderCommand } from './render-command';
import { reportCommand } from './report-command';
import { validateCommand } from './validate-command';
import { verifyCommand } from './verify-command';

const program = new Command('phonestate')
  .description(description)
  .version(versionWithBuild())
  .showHelpAfterError('(phonestate --help shows the commands)')
  .addCommand(installCommand())
  .addCommand(doctorCommand())
  .addCommand(exportCommand())
  .addCommand(cloneCommand())
  .addCommand(compareCommand())
  .addCommand(emulatorCommand())
  .addCommand(validateCommand())
  .addCommand(renderCommand())
  .addCommand(affectedCommand())
  .addCommand(reportCommand())
  .addCommand(verifyCommand())
  .addCommand(movesCommand())
  .addCommand(driftCommand())
  .addCommand(rehearseCommand());

const warning = bunWarning(process.env);
if (warning !== undefined) console.error(`phonestate: ${warning}`);

program.parseAsync().catch((error: unknown) => {
  console.error(`phonestate: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
