/** Which media types are binary. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html */

export function isBinary(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  if (binaryMediaTypes.includes('*/*')) return true;
  const type = mediaType?.split(/[;,]/)[0]?.trim().toLowerCase();
  if (!type) return false;
  return binaryMediaTypes.some((binary) =>
    binary.endsWith('/*') ? type.startsWith(binary.slice(0, -1)) : binary.toLowerCase() === type,
  );
}
