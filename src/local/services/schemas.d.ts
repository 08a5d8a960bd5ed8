/** The schema modules of the SDK's clients have no type declarations of their own. */
declare module '@aws-sdk/client-*/dist-es/schemas/schemas_0.js';
