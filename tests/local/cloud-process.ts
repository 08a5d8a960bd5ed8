/** A local cloud in a process of its own, for tests that kill it: `cloud-process.ts <state folder>`. */
import { startLocalCloud } from '../../src/local/cloud.ts';

const [stateDirectory = ''] = process.argv.slice(2);
await startLocalCloud({ port: 0, stateDirectory });
process.stdout.write('ready\n');
