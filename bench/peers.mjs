// Starts a peer from npm in a process of its own: node bench/peers.mjs fauxqs|dynalite PORT DIRECTORY
const [name, port, directory] = process.argv.slice(2);
if (name === 'fauxqs') {
  const { startFauxqs } = await import('fauxqs');
  await startFauxqs({ port: Number(port), logger: false });
} else {
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ path: directory, createTableMs: 0 });
  await new Promise((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
}
console.log('ready');
