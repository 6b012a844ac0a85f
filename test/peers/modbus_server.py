"""A Modbus server of pymodbus: `modbus_server.py tcp` says its port, `modbus_server.py rtu <device> <parity>` says ready.

Unit 1 holds in its holding registers 0.. : 250, 0xFFFB, the float 25.345 high word first, 25.345 low word first,
-80000 as int32; in its input registers 0..: 1234. There is nothing behind them.
"""
import asyncio
import socket
import struct
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartAsyncSerialServer, StartAsyncTcpServer

try:
    from pymodbus.transaction import ModbusRtuFramer as rtu
except ImportError:  # Later ones name their framers otherwise.
    from pymodbus import FramerType

    rtu = FramerType.RTU


def words(form, value):
    packed = struct.pack(form, value)
    return [int.from_bytes(packed[i : i + 2], "big") for i in range(0, len(packed), 2)]


# The context adds one to every address: the block begins at 1, so that address 0 on the line is its first register.
holding = [250, 0xFFFB, *words(">f", 25.345), *words(">f", 25.345)[::-1], *words(">i", -80000)]
unit = ModbusSlaveContext(
    hr=ModbusSequentialDataBlock(1, holding), ir=ModbusSequentialDataBlock(1, [1234])
)
context = ModbusServerContext(slaves={1: unit}, single=False)


async def listens(port):
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        except OSError:
            await asyncio.sleep(0.02)


async def main():
    if sys.argv[1] == "tcp":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        serving = asyncio.ensure_future(StartAsyncTcpServer(context=context, address=("127.0.0.1", port)))
        await asyncio.wait([serving, asyncio.ensure_future(listens(port))], return_when=asyncio.FIRST_COMPLETED)
        print(f"port {port}", flush=True)
    else:
        line = {"port": sys.argv[2], "baudrate": 9600, "parity": sys.argv[3], "stopbits": 1, "bytesize": 8}
        serving = asyncio.ensure_future(StartAsyncSerialServer(context=context, framer=rtu, **line))
        await asyncio.sleep(0.2)
        print("ready", flush=True)
    await serving


asyncio.run(main())
