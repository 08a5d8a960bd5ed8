/**
 * JWT authorizers: signature by the issuer's keys, issuer, audience, times and scopes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { isObject } from '../../../../core/is-object.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import type { AuthorizerRecord } from '../records.ts';
import { type Exchange, GatewayFailure } from './exchange.ts';

type Claims = Readonly<Record<string, unknown>>;

export interface JwtChecks {
  /** @throws GatewayFailure 401 or 403 */
  check(
    exchange: Exchange,
    authorizer: AuthorizerRecord,
    token: string,
    scopes: readonly string[],
  ): Promise<void>;
}

/** So long API Gateway may keep an issuer's keys. */
const keptFor = 2 * 3600_000;
/** Real time that an issuer has to answer. */
const patience = 1500;

const hashes: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };

class BadToken extends Error {}

export function createJwtChecks({ clock }: Pick<ServiceEnvironment, 'clock'>): JwtChecks {
  const kept = new Map<
    string,
    { readonly keys: Promise<ReadonlyMap<string, KeyObject>>; readonly until: number }
  >();

  const keysOf = async (issuer: string): Promise<ReadonlyMap<string, KeyObject>> => {
    const found = kept.get(issuer);
    if (found && found.until > clock.now()) return found.keys;
    const keys = readKeys(issuer);
    kept.set(issuer, { keys, until: clock.now() + keptFor });
    try {
      return await keys;
    } catch {
      kept.delete(issuer);
      throw new BadToken('OIDC discovery endpoint communication error');
    }
  };

  const claimsOf = async (token: string, authorizer: AuthorizerRecord): Promise<Claims> => {
    const { Issuer = '', Audience = [] } = authorizer.JwtConfiguration ?? {};
    const [head = '', body = '', signature = '', ...more] = token.split('.');
    if (signature === '' || more.length > 0)
      throw new BadToken('the token has an invalid number of segments');
    const { alg, kid } = readPart(head);
    const hash = typeof alg === 'string' ? hashes[alg] : undefined;
    if (hash === undefined) throw new BadToken('signing method is invalid');
    const claims = readPart(body);
    // Before its keys are asked for: a token of another issuer costs nothing.
    if (claims.iss !== Issuer) throw new BadToken('issuer claim mismatch');
    const key = (await keysOf(Issuer)).get(String(kid));
    if (!key) throw new BadToken('unable to find a matching key');
    if (!verify(hash, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
      throw new BadToken('signature is invalid');
    const now = clock.now() / 1000;
    if (typeof claims.exp !== 'number' || claims.exp <= now) throw new BadToken('the token has expired');
    if (typeof claims.nbf === 'number' && claims.nbf > now) throw new BadToken('the token is not valid yet');
    if (typeof claims.iat === 'number' && claims.iat > now)
      throw new BadToken('the token was issued in the future');
    const audience = [claims.aud ?? claims.client_id].flat();
    if (!audience.some((one) => typeof one === 'string' && Audience.includes(one)))
      throw new BadToken('the token does not have a valid audience');
    return claims;
  };

  return {
    async check(exchange, authorizer, token, scopes) {
      let claims: Claims;
      try {
        claims = await claimsOf(token.replace(/^Bearer\s+/i, ''), authorizer);
      } catch (error) {
        if (!(error instanceof BadToken)) throw error;
        exchange.authorizerError = error.message;
        throw new GatewayFailure(401, 'Unauthorized', 'UNAUTHORIZED', {
          'www-authenticate': `Bearer scope="${scopes.join(' ')}" error="invalid_token" error_description="${error.message}"`,
        });
      }
      const granted = scopesOf(claims);
      if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope)))
        throw new GatewayFailure(403, 'Forbidden', 'ACCESS_DENIED', {
          'www-authenticate': `Bearer scope="${scopes.join(' ')}" error="insufficient_scope" error_description="the token does not have any of the required scopes"`,
        });
      exchange.authorization = {
        kind: 'jwt',
        claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)])),
        scopes: scopes.length > 0 ? [...scopes] : null,
      };
    },
  };
}

function scopesOf({ scope, scp }: Claims): readonly string[] {
  const given = scope ?? scp;
  if (Array.isArray(given)) return given.map(String);
  return typeof given === 'string' ? given.split(' ') : [];
}

/** Lists are written as `[a b]`. */
const claimText = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(String).join(' ')}]`
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value);

function readPart(part: string): Claims {
  try {
    const read: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (isObject(read)) return read;
  } catch {
    // Said below.
  }
  throw new BadToken('the token is malformed');
}

async function readKeys(issuer: string): Promise<ReadonlyMap<string, KeyObject>> {
  const { jwks_uri: uri } = await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { keys } = await readJson(String(uri));
  const found = new Map<string, KeyObject>();
  for (const key of Array.isArray(keys) ? (keys as readonly unknown[]) : [])
    if (isObject(key) && key.kty === 'RSA' && typeof key.kid === 'string')
      found.set(key.kid, createPublicKey({ key: key as JsonWebKey, format: 'jwk' }));
  return found;
}

async function readJson(url: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const read: unknown = await answer.json();
  if (!isObject(read)) throw new Error(`${url} did not answer a JSON object`);
  return read;
}
