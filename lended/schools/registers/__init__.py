"""The register of schools in England as it is published: files in, schools and trusts out.

Pure: nothing is saved here. Names of head teachers stand in these files and are never taken out.

References
----------
Get Information About Schools, Department for Education, Open Government Licence v3.0.
"""

from lended.schools.registers.files import Kind, Register, open_register
from lended.schools.registers.schools import RegisterRow, read_schools, stated_fields
from lended.schools.registers.trusts import (
    MembershipRow,
    TrustRow,
    read_memberships,
    read_trusts,
)

__all__ = [
    "Kind",
    "MembershipRow",
    "Register",
    "RegisterRow",
    "TrustRow",
    "open_register",
    "read_memberships",
    "read_schools",
    "read_trusts",
    "stated_fields",
]
