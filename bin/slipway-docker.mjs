#!/usr/bin/env node
// What CDK_DOCKER names when the stock CDK CLI publishes container assets to the local cloud, without Docker.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const { runDockerStandIn } = await import('../dist/docker-stand-in.js');
process.exitCode = await runDockerStandIn({
  args: process.argv.slice(2),
  environment: process.env,
  folder: process.cwd(),
  async readStdin() {
    let text = '';
    for await (const chunk of process.stdin) text += chunk;
    return text;
  },
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
