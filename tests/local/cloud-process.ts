/** A local cloud in a process of its own, for tests that kill it: `cloud-process.ts <state folder>`. */
import { startCloud } from '../../src/local/cloud.ts';

const [stateDirectory = ''] = process.argv.slice(2);
await startCloud({ port: 0, stateDirectory });
process.stdout.write('ready\n');
