/*
 * P-256 (FIPS 186-5, SP 800-186) in Python for the unit, so that its private key is made where it stays. In parts of
 * less than 2 KiB each, as all programs for the unit; no part runs longer than the app allows, because the scalar
 * multiplication goes on bit by bit as it is told. It takes its time from nobody but the app that asked: not constant.
 */

const keyFolder = '/plumbline/made';
export const keyFile = `${keyFolder}/key.pem`;

/** Prints `yes` where the firmware has what a key needs: entropy, and integers of any length. */
export const canMakeKeys = `
def _pl_can():
 try:
  import os
  x=3
  for i in range(8):
   x*=x
  return x%1000003==580028 and len(os.urandom(8))==8
 except (ImportError,AttributeError,OverflowError,NotImplementedError):
  return False
print('yes' if _pl_can() else 'no')
`;

/** The field, and k·G in Jacobian coordinates from the top bit on (SEC 1 §3.2; formulas dbl-2001-b and madd). */
export const curve = `
import os,hashlib,binascii
_pl_p=0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff
_pl_n=0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
_pl_gx=0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296
_pl_gy=0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5
def _pl_begin(k):
 global _pl_q
 _pl_q=(1,1,0,k,256)
def _pl_go(n):
 global _pl_q
 p=_pl_p
 x,y,z,k,i=_pl_q
 while n and i:
  n-=1
  i-=1
  d=z*z%p
  g=y*y%p
  b=x*g%p
  a=3*(x-d)*(x+d)%p
  z=((y+z)*(y+z)-g-d)%p
  x=(a*a-8*b)%p
  y=(a*(4*b-x)-8*g*g)%p
  if k>>i&1:
   if z==0:
    x,y,z=_pl_gx,_pl_gy,1
   else:
    d=z*z%p
    h=(_pl_gx*d-x)%p
    r=(_pl_gy*d*z-y)%p
    d=h*h%p
    g=d*h%p
    d=x*d%p
    x=(r*r-g-2*d)%p
    y=(r*(d-x)-y*g)%p
    z=z*h%p
 _pl_q=(x,y,z,k,i)
 print(i)
def _pl_inv(a,m):
 u,v=1,0
 a%=m
 b=m
 while a>1:
  q=b//a
  u,v=v-q*u,u
  a,b=b-q*a,a
 return u%m
def _pl_xy():
 x,y,z,_,_=_pl_q
 z=_pl_inv(z,_pl_p)
 return x*z*z%_pl_p,y*z*z*z%_pl_p
def _pl_sha(b):
 h=hashlib.sha256() if hasattr(hashlib,'sha256') else hashlib.new('sha256')
 h.update(b)
 return h.digest()
def _pl_32(v):
 return v.to_bytes(32,'big')
`;

/**
 * A private key (FIPS 186-5 A.2.1: more bits than are needed, so that no key is likelier than another). The app's
 * random bytes are mixed in for boards whose own are poor at times (ESP-IDF, "Random Number Generation": without
 * radio they are pseudo-random); alone they say nothing about the key.
 */
export const drawKey = (mixedIn: Uint8Array): string => `
_pl_e=os.urandom(40)+binascii.a2b_base64(b'${Buffer.from(mixedIn).toString('base64')}')
_pl_d=int.from_bytes(_pl_sha(b'1'+_pl_e)+_pl_sha(b'2'+_pl_e),'big')%(_pl_n-1)+1
_pl_e=None
_pl_begin(_pl_d)
`;

/** Goes on with this many bits and prints how many are left. */
export const multiply = (bits: number): string => `_pl_go(${bits})`;

/**
 * Writes the key (PKCS #8, RFC 5958, in PEM as mbedTLS and OpenSSL take it) under a temporary name, reads it back, and
 * puts it in place. Prints the public point, the size and the SHA-256 of what the file system gives back.
 */
export const writeKey = `
_pl_x,_pl_y=_pl_xy()
_pl_o=_pl_32(_pl_x)+_pl_32(_pl_y)
_pl_b=binascii.unhexlify('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420')+_pl_32(_pl_d)+b'\\xa1\\x44\\x03\\x42\\x00\\x04'+_pl_o
_pl_d=_pl_q=None
for _pl_i in ('/plumbline','${keyFolder}'):
 try:
  os.mkdir(_pl_i)
 except OSError as e:
  if e.args[0]!=17:
   raise
with open('${keyFile}.new','wb') as f:
 f.write(b'-----BEGIN PRIVATE KEY-----\\n')
 for _pl_i in range(0,len(_pl_b),48):
  f.write(binascii.b2a_base64(_pl_b[_pl_i:_pl_i+48]))
 f.write(b'-----END PRIVATE KEY-----\\n')
_pl_b=None
with open('${keyFile}.new','rb') as f:
 _pl_i=f.read()
_pl_h=_pl_sha(_pl_i)
_pl_i=len(_pl_i)
try:
 os.rename('${keyFile}.new','${keyFile}')
except OSError as e:
 if e.args[0]!=17:
  raise
 os.remove('${keyFile}')
 os.rename('${keyFile}.new','${keyFile}')
if hasattr(os,'sync'):
 os.sync()
print(binascii.hexlify(_pl_o).decode(),_pl_i,binascii.hexlify(_pl_h).decode())
`;

/** Takes the key from its file and starts the nonce's multiplication (RFC 6979 §3.2: the same digest, the same k). */
export const beginSignature = (digest: Uint8Array): string => `
def _pl_mac(k,m):
 k=k+bytes(32)
 return _pl_sha(bytes([c^92 for c in k])+_pl_sha(bytes([c^54 for c in k])+m))
def _pl_key(path):
 b=b''
 with open(path,'rb') as f:
  for l in f:
   if not l.startswith(b'-'):
    b+=binascii.a2b_base64(l)
 if len(b)!=138 or b[33:36]!=b'\\x01\\x04\\x20':
  raise ValueError('no key of ours')
 return b[36:68]
def _pl_nonce(d,e):
 h=_pl_32(e%_pl_n)
 k=bytes(32)
 v=bytes([1]*32)
 for c in (b'\\0',b'\\1'):
  k=_pl_mac(k,v+c+d+h)
  v=_pl_mac(k,v)
 while True:
  v=_pl_mac(k,v)
  t=int.from_bytes(v,'big')
  if 0<t<_pl_n:
   return t
  k=_pl_mac(k,v+b'\\0')
  v=_pl_mac(k,v)
_pl_d=_pl_key('${keyFile}')
_pl_e=int.from_bytes(binascii.unhexlify('${Buffer.from(digest).toString('hex')}'),'big')
_pl_begin(_pl_nonce(_pl_d,_pl_e))
`;

/** Prints r and s in hex. */
export const endSignature = `
_pl_r=_pl_xy()[0]%_pl_n
_pl_s=_pl_inv(_pl_q[3],_pl_n)*(_pl_e+_pl_r*int.from_bytes(_pl_d,'big'))%_pl_n
_pl_d=_pl_q=None
if not _pl_r or not _pl_s:
 raise ValueError('no signature')
print(binascii.hexlify(_pl_32(_pl_r)+_pl_32(_pl_s)).decode())
`;

/** Private numbers of work that was cut short go out of the unit's memory. */
export const forgetKey = '_pl_d=_pl_q=_pl_e=_pl_b=None';
