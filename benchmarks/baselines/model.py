"""Common parts of the status baselines: the register as a SQLAlchemy ORM model, and the texts."""

from datetime import date

from sqlalchemy import String, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

MENU = "Selamat datang di layanan KTP-el Dispendukcapil Kabupaten Mojokerto. Silakan pilih layanan:"
MENU_BUTTONS = (("Cek status KTP-el", "status"), ("Bahasa", "bahasa"), ("Bantuan", "bantuan"))
ASK_NUMBER = "Silakan kirim nomor registrasi Bapak/Ibu, misalnya MJK-261102-0007-Z."
ASK_NIK = "Terima kasih. Sekarang silakan kirim NIK (16 angka)."
BAD_NIK = "Maaf, NIK harus 16 angka."
NOT_FOUND = "Maaf, data tidak ditemukan. Mohon periksa lagi nomor registrasi dan NIK."
REPORT = (
    "{name}, KTP-el Bapak/Ibu: {stage}.\n\nTempat: {point}. Bawa tanda terima, KK, dan KTP lama.\n\n"
    "Layanan ini gratis. Data per {day}."
)
REPORT_BUTTONS = (("Kabari saya", "follow"), ("Petugas", "petugas"))
STAGES = {
    "SUBMITTED": "berkas diterima dan sedang diperiksa",
    "RECORDED": "sudah direkam, data sedang dikirim",
    "SENT_TO_CENTER": "sedang diperiksa di pusat",
    "PRINT_READY": "data siap cetak, kartu belum jadi",
    "WAITING_BLANK": "menunggu blangko, jangan datang dulu",
    "READY_FOR_PICKUP": "siap diambil",
}
NIK_DIGITS = 16


class Base(DeclarativeBase):
    pass


class Application(Base):
    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    nik: Mapped[str] = mapped_column(String(16), index=True)
    name: Mapped[str] = mapped_column(String(200))
    stage: Mapped[str] = mapped_column(String(30))
    stage_on: Mapped[date]
    point: Mapped[str] = mapped_column(String(30))


def open_sessions(url: str) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(create_async_engine(url), expire_on_commit=False)


async def find(sessions: async_sessionmaker[AsyncSession], number: str, nik: str) -> Application | None:
    async with sessions() as session:
        return await session.scalar(
            select(Application).where(Application.number == number, Application.nik == nik)
        )


def answer(application: Application | None) -> str:
    if application is None:
        return NOT_FOUND
    return REPORT.format(
        name=" ".join(f"{word[0]}***" for word in application.name.split()),
        stage=STAGES[application.stage],
        point=application.point,
        day=f"{application.stage_on:%d/%m/%Y}",
    )
