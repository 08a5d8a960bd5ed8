/** Settings of the AWS SDKs in the environment that a local cloud does not use: told, so that nobody wonders whose account it is. */

/** @returns a line for a person, without a secret; undefined where nothing is set */
export function foreignSettings(
  environment: Readonly<Record<string, string | undefined>>,
  own: { readonly endpoint: string; readonly credentials: { readonly accessKeyId: string } },
): string | undefined {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE, AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL } = environment;
  const profile = AWS_PROFILE || AWS_DEFAULT_PROFILE;
  const found = [
    ...(profile ? [`the profile ${profile}`] : []),
    ...(AWS_ACCESS_KEY_ID && AWS_ACCESS_KEY_ID !== own.credentials.accessKeyId
      ? ['credentials (AWS_ACCESS_KEY_ID)']
      : []),
    ...(AWS_ENDPOINT_URL && AWS_ENDPOINT_URL.replace(/\/$/, '') !== own.endpoint
      ? [`AWS_ENDPOINT_URL=${withoutUser(AWS_ENDPOINT_URL)}`]
      : []),
  ];
  if (found.length === 0) return undefined;
  return `your shell sets ${found.join(' and ')}: not used here, where everything goes to the local cloud with its own credentials`;
}

/** An address may carry a password. */
const withoutUser = (address: string): string => address.replace(/\/\/[^/@]*@/, '//');
