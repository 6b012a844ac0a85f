/** What a broker's code stands for, in words, and which kind of trouble it is. */
export interface Reason {
  kind: 'login' | 'protocol' | 'unavailable' | 'forbidden' | 'other';
  words: string;
}

/** CONNACK return codes of MQTT 3.1.1 (OASIS 2014, table 3.1). */
const returnCodes: Readonly<Record<number, Reason>> = {
  1: { kind: 'protocol', words: 'it does not speak this version of MQTT' },
  2: { kind: 'login', words: 'it does not take the client identifier' },
  3: { kind: 'unavailable', words: 'the broker is there, but not in service' },
  4: { kind: 'login', words: 'user name or password is wrong' },
  5: { kind: 'login', words: 'this user is not authorised to connect' },
};

/** Reason codes of MQTT 5 that mean a refusal (OASIS 2019, table 2.6). */
const reasonCodes: Readonly<Record<number, Reason>> = {
  128: { kind: 'other', words: 'refused without a reason' },
  129: { kind: 'protocol', words: 'it could not read the packet' },
  130: { kind: 'protocol', words: 'it saw an error of the protocol' },
  131: { kind: 'other', words: 'refused for a reason of its own' },
  132: { kind: 'protocol', words: 'it does not speak this version of MQTT' },
  133: { kind: 'login', words: 'it does not take the client identifier' },
  134: { kind: 'login', words: 'user name or password is wrong' },
  135: { kind: 'forbidden', words: 'not authorised' },
  136: { kind: 'unavailable', words: 'the broker is there, but not in service' },
  137: { kind: 'unavailable', words: 'the broker is too busy' },
  138: { kind: 'login', words: 'this client is banned' },
  139: { kind: 'unavailable', words: 'the broker is shutting down' },
  140: { kind: 'login', words: 'it does not take this way to sign in' },
  141: { kind: 'other', words: 'nothing was heard for too long' },
  142: { kind: 'other', words: 'another client took over with the same identifier' },
  143: { kind: 'forbidden', words: 'the topic filter is not allowed' },
  144: { kind: 'forbidden', words: 'the topic name is not allowed' },
  149: { kind: 'other', words: 'the packet is too large for it' },
  151: { kind: 'other', words: 'a quota is used up' },
  152: { kind: 'other', words: 'an administrator ended it' },
  154: { kind: 'other', words: 'it keeps no retained messages' },
  155: { kind: 'other', words: 'it does not offer this quality of service' },
  156: { kind: 'unavailable', words: 'another server is to be used' },
  157: { kind: 'unavailable', words: 'the server has moved' },
  159: { kind: 'unavailable', words: 'connections come too fast for it' },
  162: { kind: 'forbidden', words: 'it allows no wildcards in subscriptions' },
};

const unknown: Reason = { kind: 'other', words: 'refused with a code that no table knows' };

/** 1..127 can only be a return code of MQTT 3.1.1, 128 and above a reason code of MQTT 5 (and SUBACK's 0x80). */
export function reasonOf(code: number): Reason {
  return (code < 128 ? returnCodes[code] : reasonCodes[code]) ?? unknown;
}
