# The trouble that an exception stands for. Loaded when there is one, and let go again: its words take RAM.
from plumbline.trouble import HINTS, Trouble, numbers

CODES = (
    ('refused', 'nobody listens there', numbers('ECONNREFUSED')),
    ('unreachable', 'there is no way there', numbers('EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN')),
    ('timeout', 'nothing answered', numbers('ETIMEDOUT')),
    ('closed', 'the other end closed the connection', numbers('ECONNRESET', 'ECONNABORTED', 'EPIPE')),
    ('memory', 'the unit has too little memory left', numbers('ENOMEM', 'ENOBUFS')),
)
# OpenSSL's X509_V_ERR_*, and words of mbedtls_x509_crt_verify_info: MicroPython gives nothing but these.
CERTIFICATE = (
    ('name', 'bears another name than %s', (62, 64), ('expected CN',)),
    ('expired', 'has expired', (10,), ('expired',)),
    ('not-yet', 'is not valid yet by the clock of the unit', (9,), ('future',)),
    ('authority', 'is not of the authority in ca.pem', (2, 7, 18, 19, 20, 21), ('trusted CA',)),
)
# mbedtls/ssl.h
MBEDTLS = {
    -0x7780: ('refused', 'the broker ended it: it wants another certificate of the unit, or none of this kind'),
    -0x7200: ('plain', 'the broker does not speak TLS on this port'),
    -0x7280: ('closed', 'the broker closed the connection' + HINTS['tls']),
    -0x2700: ('certificate', 'the certificate of the broker is not accepted'),
    -0x7F00: ('memory', 'the unit has too little memory left'),
}


def explain(what, e, name):
    # The trouble that an exception stands for.
    n = e.args[0] if e.args else 0
    text = ' '.join([str(x) for x in e.args])[:80]
    verify = getattr(e, 'verify_code', None)
    for code, words, known, parts in CERTIFICATE:
        if verify in known or verify is None and what == 'tls' and any([p in text for p in parts]):
            words = words % name if '%' in words else words
            return Trouble('tls', code, 'the certificate of the broker %s (%s)' % (words, text))
    reason = getattr(e, 'reason', None)  # of CPython's SSLError
    if isinstance(reason, str):
        n = -0x7780 if 'ALERT' in reason else -0x7200 if reason == 'WRONG_VERSION_NUMBER' else n
        what = 'tls'
    if n in MBEDTLS:
        return Trouble('tls', MBEDTLS[n][0], '%s (%s)' % (MBEDTLS[n][1], text))
    if isinstance(e, MemoryError):
        return Trouble(what, 'memory', 'the unit has too little memory left (%s)' % text)
    if what == 'address':
        return Trouble(what, 'unknown', '%s is not known to the name server (%s)' % (name, text))
    for code, words, known in CODES:
        if n in known or code == 'closed' and type(e).__name__ in ('SSLEOFError', 'SSLZeroReturnError'):
            if code == 'closed':
                words += HINTS.get(what, '')
            elif what != 'session' and code != 'memory':
                # MicroPython says so at the first write only.
                what = 'connect'
            return Trouble(what, code, '%s (%s)' % (words, text))
    return Trouble(what, 'failed', '%s %s' % (type(e).__name__, text))
