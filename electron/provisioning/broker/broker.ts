// Credentials and proof at the broker: the room's face.

export { type CertificateFacts, factsOfPem } from './certificate.ts';
export { type BrokerPlace, type ConnectOptions, connectBroker } from './connect.ts';
export { explain } from './explain.ts';
export { lookAtCertificate } from './look.ts';
export { preflight, type Refusal, refusalFailure } from './preflight.ts';
export { type BrokerProof, proveOnBroker } from './proof.ts';
export { type BrokerConnection, type BrokerMessage, wasTaken } from './session.ts';
export { type RevealText, type SignIn, userOf } from './sign-in.ts';
