### For staff.

staff-ask-code = Type the staff code that the admin gave you.
# $name (String) name of the staff member · $role (String) viewer, officer, approver or admin
staff-accepted = { $role ->
    [viewer] Code accepted. This is now a staff chat: { $name }, viewer.
    [officer] Code accepted. This is now a staff chat: { $name }, officer.
    [approver] Code accepted. This is now a staff chat: { $name }, approver.
   *[admin] Code accepted. This is now a staff chat: { $name }, admin.
}
