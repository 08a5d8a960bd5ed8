import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';

const twelveHours = 12 * 3_600_000;

/**
 * The token stands for the caller in the registry's own protocol (docker push).
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 */
export const getAuthorizationToken = (context: EcrContext) =>
  operation('ecr', 'GetAuthorizationToken', {
    accepts: [],
    access: () => ({ action: 'ecr:GetAuthorizationToken', resource: '*' }),
    handle(_, call) {
      const { env, tokens } = context;
      const now = env.clock.wall();
      for (const [key, { expiresAt }] of [...tokens.entries()]) if (expiresAt < now) tokens.delete(key);
      const token = env.randomId(64);
      const expiresAt = now + twelveHours;
      tokens.put(token, { caller: call.caller, expiresAt });
      return {
        authorizationData: [
          {
            authorizationToken: Buffer.from(`AWS:${token}`).toString('base64'),
            expiresAt: new Date(expiresAt),
            proxyEndpoint: `https://${env.accountId}.dkr.ecr.${env.region}.amazonaws.com`,
          },
        ],
      };
    },
  });
