from django.urls import path

from guiju.house.views import entrance, hotels, keeping, mine, people, shared_tablets, wizard, working_days

app_name = "house"
urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-in/code/", entrance.second_step_page, name="second_step"),
    path("sign-in/demo/", entrance.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("reset/", mine.reset, name="reset"),
    path("reset/<str:token>", mine.reset_link, name="reset_link"),
    path("tablet/", shared_tablets.tablet_sign_in, name="tablet_sign_in"),
    path("me/password/", mine.password, name="password"),
    path("me/second-step/", mine.totp, name="totp"),
    path("me/pin/", mine.pin, name="pin"),
    path("me/sessions/", mine.sessions, name="sessions"),
    path("me/hotels/", hotels.hotels, name="hotels"),
    path("me/delegate/", mine.delegate, name="delegate"),
    path("house/people/", people.people, name="people"),
    path("house/people/import/", people.people_import, name="people_import"),
    path("house/people/export.<str:fmt>", people.people_export, name="people_export"),
    path("house/people/<uuid:pk>/", people.person, name="person"),
    path("house/tokens/", people.token_list, name="tokens"),
    path("house/receivers/", keeping.receivers, name="receivers"),
    path("house/receivers/export.<str:fmt>", keeping.receivers_export, name="receivers_export"),
    path("house/roster/", keeping.roster, name="roster"),
    path("house/roster/export.<str:fmt>", keeping.roster_export, name="roster_export"),
    path("house/calendar/", working_days.calendar, name="calendar"),
    path("house/hours/<slug:key>/", working_days.hours, name="hours"),
    path("house/settings/", keeping.settings_page, name="settings"),
    path("house/tablets/", shared_tablets.tablet_list, name="tablets"),
    path("house/first-steps/", wizard.wizard, name="wizard"),
]
