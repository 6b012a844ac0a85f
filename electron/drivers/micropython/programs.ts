import { asciiJson } from './agent-line.ts';

/*
 * Programs for the unit. They run on MicroPython from 1.20 and on CircuitPython, print only printable ASCII, and are
 * short: one of more than about 2 KiB runs small boards out of memory.
 */

/** Text as a Python literal. */
export const literal = (text: string): string => asciiJson(text);

/**
 * One JSON line with who the unit is; each fact that a firmware does not have is null. Without SHA-256 nothing could be
 * proved to have arrived: such a firmware says so in words instead. CircuitPython offers it as `hashlib.new('sha256')`
 * only (adafruit/circuitpython pull request 10740).
 */
export const whoAreYou = `
import sys,os,json
def _id():
 try:
  import machine
  return machine.unique_id()
 except (ImportError,AttributeError):
  pass
 try:
  import microcontroller
  return bytes(microcontroller.cpu.uid)
 except (ImportError,AttributeError):
  return b''
def _tag():
 try:
  with open('/plumbline/config.json') as f:
   return json.load(f).get('tag')
 except Exception:
  return None
def _agent():
 for p in ('version','__init__','agent'):
  try:
   with open('/plumbline/'+p+'.py') as f:
    for _ in range(60):
     l=f.readline()
     if l.startswith(('VERSION','__version__')) and '=' in l:
      return l.split('=',1)[1].strip().strip('"\\'')
  except Exception:
   pass
def _machine():
 m=getattr(sys.implementation,'_machine',None)
 try:
  return m or os.uname()[4]
 except Exception:
  return ''
def _sha256():
 try:
  import hashlib
  return hashlib.sha256() if hasattr(hashlib,'sha256') else hashlib.new('sha256')
 except (ImportError,AttributeError,ValueError):
  pass
_i=sys.implementation
_s=os.statvfs('/')
print('a firmware without SHA-256' if _sha256() is None else json.dumps([_i[0],list(_i[1])[:3],sys.platform,_machine(),''.join('%02x'%b for b in _id()),_s[1],_s[3],_s[2],_tag(),_agent()]))
`;

/** Defines what the programs below use; once after every soft reset. */
export const helpers = `
import os,hashlib,binascii
def _pl_hash(p):
 try:
  f=open(p,'rb')
 except OSError as e:
  if e.args[0]!=2:
   raise
  print('["%s",null,0]'%p)
  return
 h=hashlib.sha256() if hasattr(hashlib,'sha256') else hashlib.new('sha256')
 b=bytearray(512)
 m=memoryview(b)
 s=0
 n=f.readinto(b)
 while n:
  h.update(m[:n])
  s+=n
  n=f.readinto(b)
 f.close()
 print('["%s","%s",%d]'%(p,binascii.hexlify(h.digest()).decode(),s))
def _pl_gone(p):
 try:
  os.remove(p)
 except OSError as e:
  if e.args[0]!=2:
   raise
def _pl_move(a,b):
 try:
  os.rename(a,b)
 except OSError as e:
  if e.args[0]!=17:
   raise
  os.remove(b)
  os.rename(a,b)
def _pl_sync():
 if hasattr(os,'sync'):
  os.sync()
`;

/** Prints `["<path>","<sha256>",<size>]`, or `["<path>",null,0]` where there is no such file. */
export const hashOf = (path: string): string => `_pl_hash(${literal(path)})`;

export const makeFolder = (path: string): string => `
try:
 os.mkdir(${literal(path)})
except OSError as e:
 if e.args[0]!=17:
  raise
`;

export const remove = (path: string): string => `_pl_gone(${literal(path)})`;

/** Removes what an earlier push, cut short, left in a folder. */
export const removeLeftovers = (folder: string): string => `
for n in os.listdir(${literal(folder)}):
 if n.endswith('.new'):
  os.remove(${literal(folder)}+'/'+n)
`;

export const openToWrite = (path: string): string => `_pl_f=open(${literal(path)},'wb')`;

/** Prints how many bytes were written. `seek` is for a block that is sent again. */
export const writeBlock = (bytes: Uint8Array, seek: number | undefined): string =>
  `${seek === undefined ? '' : `_pl_f.seek(${seek})\n`}print(_pl_f.write(binascii.a2b_base64(b'${Buffer.from(bytes).toString('base64')}')))`;

export const closeWritten = `_pl_f.close()\n_pl_sync()`;

export const replace = (staged: string, path: string): string =>
  `_pl_move(${literal(staged)},${literal(path)})\n_pl_sync()`;

export const openToRead = (path: string): string => `_pl_f=open(${literal(path)},'rb')`;

/** Prints the next block in base64. */
export const readBlock = (length: number): string =>
  `print(binascii.b2a_base64(_pl_f.read(${length})).decode().strip())`;
