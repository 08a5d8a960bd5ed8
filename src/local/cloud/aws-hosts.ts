/**
 * AWS's own host names on this machine: code in functions that asks `https://….amazonaws.com` reaches the local cloud,
 * at a listener whose certificates an authority signs that lives as long as the cloud, and that only processes started
 * by it are told to trust. See docs/decisions.
 */
import { randomBytes, webcrypto } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { AwsHosts } from '../service.ts';

/** A regular expression that JavaScript and Python read alike, over names in lower case. */
const pattern = '\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws|on\\.aws|cloudfront\\.net)$';

export interface AwsHostsListener {
  /** Listens from the first call on. */
  reach(): Promise<AwsHosts>;
  close(): void;
}

interface AwsHostsOptions {
  /** Folder for the certificates; nothing in it is secret. */
  readonly directory: string;
  readonly httpPort: number;
  readonly edge: RequestListener;
  readonly headMs: number;
}

export function createAwsHosts({ directory, httpPort, edge, headMs }: AwsHostsOptions): AwsHostsListener {
  let reached: Promise<AwsHosts> | undefined;
  let server: Server | undefined;
  let closed = false;

  async function open(): Promise<AwsHosts> {
    const authority = await createAuthority();
    const contexts = new Map<string, Promise<SecureContext>>();
    const contextFor = (name: string): Promise<SecureContext> => {
      let known = contexts.get(name);
      if (!known) {
        if (contexts.size >= 1000) contexts.clear();
        known = authority.issue(name).then((issued) => createSecureContext(issued));
        contexts.set(name, known);
      }
      return known;
    };
    const listener = createServer(
      {
        headersTimeout: headMs,
        requestTimeout: 0,
        SNICallback(name, done) {
          contextFor(name).then(
            (context) => done(null, context),
            (error: Error) => done(error),
          );
        },
      },
      edge,
    );
    listener.on('checkContinue', edge);
    await mkdir(directory, { recursive: true });
    const authorityFile = join(directory, 'authority.pem');
    const bundleFile = join(directory, 'bundle.pem');
    await writeFile(authorityFile, authority.certificate);
    // Some clients take a file in place of the authorities that they know.
    await writeFile(bundleFile, `${[...rootCertificates, authority.certificate].join('\n')}\n`);
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(0, '127.0.0.1', resolve);
    });
    if (closed) listener.close();
    server = listener;
    const { port } = listener.address() as AddressInfo;
    return { pattern, httpPort, httpsPort: port, authorityFile, bundleFile };
  }

  return {
    reach() {
      reached ??= open();
      return reached;
    },
    close() {
      closed = true;
      server?.close();
      server?.closeAllConnections();
    },
  };
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 86_400_000;

/** In real time: that is what clients look at. */
async function createAuthority() {
  // Which the library below wants to be there.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const pair = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const own = await pair();
  const subject = 'CN=Slipway local cloud';
  const common = () => ({
    // Positive, whatever the first byte.
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 365 * day),
    signingAlgorithm: algorithm,
  });
  const usages = x509.KeyUsageFlags;
  const root = await x509.X509CertificateGenerator.createSelfSigned(
    {
      ...common(),
      name: subject,
      keys: own,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(usages.keyCertSign | usages.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(own.publicKey),
      ],
    },
    webcrypto,
  );
  return {
    certificate: root.toString('pem'),
    async issue(name: string): Promise<{ readonly key: string; readonly cert: string }> {
      const keys = await pair();
      const leaf = await x509.X509CertificateGenerator.create(
        {
          ...common(),
          // A common name has 64 characters at most; clients read the alternative name.
          subject: 'CN=Slipway local cloud: a host of AWS',
          issuer: subject,
          publicKey: keys.publicKey,
          signingKey: own.privateKey,
          extensions: [
            new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
            new x509.KeyUsagesExtension(usages.digitalSignature, true),
            new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
            await x509.AuthorityKeyIdentifierExtension.create(own.publicKey),
          ],
        },
        webcrypto,
      );
      const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
      return {
        cert: leaf.toString('pem'),
        key: `-----BEGIN PRIVATE KEY-----\n${key.toString('base64')}\n-----END PRIVATE KEY-----\n`,
      };
    },
  };
}
