/**
 * What AWS's base images for functions hold besides the interpreter: the entry point, which takes the handler's name, and
 * the runtime interface client, which is Slipway's own here.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */

/** Where a function's view shows what is Slipway's; the files are bound when it starts. */
export const lambdaPlaces = {
  /** The folder of Slipway's runtimes. */
  runtime: '/.slipway/runtime',
  /** boto3 and its like, which packages of the image come before. */
  boto: '/.slipway/brought',
  /** The AWS SDK for JavaScript. */
  sdk: '/var/runtime/node_modules',
  authority: '/.slipway/aws/authority.pem',
  bundle: '/.slipway/aws/bundle.pem',
} as const;

export const lambdaEntrypoint = `#!/bin/sh
if [ $# -lt 1 ]; then
  echo 'entrypoint requires the handler name to be the first argument' >&2
  exit 142
fi
export _HANDLER="$1"
exec /var/runtime/bootstrap
`;

/** The runtime for Node.js is a module, wherever it is bound. */
export const runtimePackage = '{ "type": "module" }\n';

/** Slipway's runtimes read variables from standard input; of an image they are in the environment. */
const started = (command: string, last = '') =>
  `runtime=${lambdaPlaces.runtime}/$SLIPWAY_RUNTIME
unset SLIPWAY_RUNTIME
exec ${command} "$runtime" ${last}<<EOF
{}
EOF
`;

export const nodeBootstrap = `#!/bin/sh
export NODE_PATH=/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true
${started(`/var/lang/bin/node --max-old-space-size=$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 92 / 100))`)}`;

export const pythonBootstrap = (version: string): string => `#!/bin/sh
export PYTHONIOENCODING=utf-8
${started(`/var/lang/bin/python${version}`, "'' ")}`;
