// Loaded into a measured process with --require: at its end writes what it used to the file that BENCH_USAGE names.
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const file = process.env.BENCH_USAGE;
// Children of what is measured are not what is measured; threads are counted with their process.
delete process.env.BENCH_USAGE;
if (isMainThread && file)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(
      file,
      JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memoryMb: maxRSS / 1024 }),
    );
  });
